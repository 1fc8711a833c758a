# Hours per project out of Microsoft 365 calendars.
#   brew install --formula packaging/homebrew/tracktime365.rb --HEAD
class Tracktime365 < Formula
  desc "Brings Microsoft 365 calendars into SQL and turns them into hours per project"
  homepage "https://github.com/tracktime365/tracktime365"
  license "MIT"
  head "https://github.com/tracktime365/tracktime365.git", branch: "main"

  depends_on "pkgconf" => :build
  depends_on "swift" => :build
  depends_on "bash"
  depends_on "curl"
  depends_on "libdeflate"
  depends_on "libyaml"
  depends_on "libxlsxwriter"
  depends_on "re2"
  depends_on :linux
  depends_on "unixodbc"

  def install
    programs = buildpath/".build-release/release"
    %w[tt-auth tt-fetch tt-tz tt-load tt-report].each do |program|
      system "swift", "build", "--disable-sandbox", "-c", "release", "--static-swift-stdlib",
             "--scratch-path", ".build-release", "--product", program
    end
    system "scripts/install", "--prefix", prefix, "--programs", programs
  end

  service do
    run [opt_bin/"tt-sync", "--loop", "--env-file", etc/"tracktime365/env"]
    keep_alive true
    working_dir var/"tracktime365"
    environment_variables LOG_DIR: var/"log/tracktime365", TT_STATE_DIR: var/"tracktime365",
                          XDG_DATA_HOME: var, PATH: std_service_path_env
  end

  test do
    assert_match version.to_s, shell_output("#{bin}/tt-tz --version") unless head?
    event = '{"record":"event","user":"a","id":"1","start":{"dateTime":"2026-03-29T01:30:00","timeZone":"UTC"},' \
            '"end":{"dateTime":"2026-03-29T02:30:00","timeZone":"UTC"}}'
    assert_match '"minutes":60', pipe_output("#{bin}/tt-tz", "#{event}\n", 0)
  end
end
