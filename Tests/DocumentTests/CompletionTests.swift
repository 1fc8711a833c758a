import Foundation
import Support
import Testing

/// The completions as the shells themselves answer them.
@Suite struct CompletionTests {
  /// What is typed, and some of what must then be offered.
  private static let offers: [(typed: String, expected: [String])] = [
    ("tt-load ", ["state", "designate", "purge"]),
    ("tt-load state --d", ["--db"]),
    ("tt-fetch --", ["--user", "--private", "--env-file"]),
    ("tt-fetch --user a --pri", ["--private"]),
    ("tt-fetch users --sh", ["--shard"]),
    ("tt-report --pi", ["--pivot"]),
    ("tt-tz --lo", ["--local"]),
    ("tt-auth --ra", ["--raw"]),
    ("tt-auth doctor --en", ["--env-file"]),
    ("tt-sync --", ["--loop", "--full", "--env-file"]),
  ]

  /// Whether each shell offers what it should; `ask` is a script that prints the offers for `$typed`.
  private func check(_ shell: String, _ ask: String) async throws {
    try await Sandbox.with { sandbox in
      try sandbox.write(ask, to: "ask")
      for (typed, expected) in Self.offers {
        let outcome = try await sandbox.shell(
          """
          [[ -d completions ]] || "$TT_ROOT/scripts/generate-completions" '\(Products.folder.path)' completions
          \(shell) ask '\(typed)'
          """)
        let offered = Set(outcome.output.split(separator: "\n").map(String.init))
        let missing = expected.filter { !offered.contains($0) }
        #expect(missing.isEmpty, "\(typed): \(outcome.output)\(outcome.messages)")
      }
    }
  }

  @Test func `bash offers options and subcommands`() async throws {
    try await check(
      "bash --norc",
      #"""
      typed=$1
      read -ra COMP_WORDS <<<"$typed"
      if [[ $typed == *' ' ]]; then COMP_WORDS+=(""); fi
      COMP_CWORD=$((${#COMP_WORDS[@]} - 1)) COMP_LINE=$typed COMP_POINT=${#typed}
      source "completions/bash/${COMP_WORDS[0]}"
      rule=$(complete -p "${COMP_WORDS[0]}")
      if [[ $rule =~ \ -F\ ([^ ]+) ]]; then
        "${BASH_REMATCH[1]}" "${COMP_WORDS[0]}" "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
        printf '%s\n' "${COMPREPLY[@]}"
      elif [[ $rule =~ -W\ \'([^\']*)\' ]]; then
        compgen -W "${BASH_REMATCH[1]}" -- "${COMP_WORDS[COMP_CWORD]}"
      fi
      """#)
  }

  @Test(.enabled(if: Programs.has("fish"), "fish is not installed"))
  func `fish offers options and subcommands`() async throws {
    try await check(
      "fish --no-config",
      #"""
      for file in completions/fish/*.fish
        source $file
      end
      complete -C "$argv[1]" | string replace -r '\t.*' ''
      """#)
  }

  /// zsh completes at a terminal only, so it gets one, and types a tabulator.
  @Test(.enabled(if: Programs.has("zsh"), "zsh is not installed"))
  func `zsh offers options and subcommands`() async throws {
    try await check(
      "zsh -f",
      #"""
      zmodload zsh/zpty
      zpty it zsh -f -i
      zpty -w it "PS1= PS2= fpath=($PWD/completions/zsh \$fpath) LISTMAX=1000 COLUMNS=1000 LINES=1000"
      zpty -w it 'autoload -U compinit && compinit -u -D; zstyle ":completion:*" list-separator "::"'
      zpty -w it 'collect() { compadd() { [[ "$*" == *" -D "* ]] && { builtin compadd "$@"; return; }; local -a all; builtin compadd -O all "$@"; print -rl -- $all >>offers; builtin compadd "$@"; }; _main_complete; print done >>offers; }'
      zpty -w it 'zle -C collect complete-word collect; bindkey "^I" collect; print ready >>offers'
      until [[ -s offers ]]; do zpty -r -t it line; sleep 0.02; done
      zpty -w -n it "$1"$'\t'
      for i in {1..500}; do
        zpty -r -t it line
        grep -qx done offers && break
        sleep 0.02
      done
      zpty -d it
      cat offers
      rm -f offers
      """#)
  }
}
