import Foundation
import Identity
import Support
import Testing

@Suite struct CacheFileTests {
  @Test func `the file and its folder are for their owner alone`() async throws {
    try await Sandbox.with { sandbox in
      let file = CacheFile(folder: sandbox.folder.path + "/a/b", name: "c")
      #expect(file.replace(with: [1, 2]))
      #expect(file.replace(with: [3]))
      #expect(file.read() == [3])
      let modes = try [file.path, file.folder].map { path in
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
      }
      #expect(modes == [0o600, 0o700])
    }
  }

  @Test func `a file that others may read is not believed`() async throws {
    try await Sandbox.with { sandbox in
      let file = CacheFile(folder: sandbox.folder.path + "/a", name: "c")
      #expect(file.replace(with: [1]))
      try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file.path)
      #expect(file.read() == nil)
    }
  }

  @Test func `a folder that can't be made is told`() {
    #expect(!CacheFile(folder: "/proc/nowhere", name: "c").replace(with: [1]))
  }
}
