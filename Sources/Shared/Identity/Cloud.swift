/// One of Microsoft's separate clouds: where tokens come from, and where Graph is.
///
/// Plain GCC uses the global cloud (Microsoft's page on national deployments).
package enum Cloud: String, Sendable, CaseIterable {
  case global, usgov, china
  case usgovDod = "usgov-dod"

  /// Two host names are documented for China; `AZURE_AUTHORITY_HOST` sets the other.
  package var authority: String {
    switch self {
    case .global: "https://login.microsoftonline.com"
    case .usgov, .usgovDod: "https://login.microsoftonline.us"
    case .china: "https://login.chinacloudapi.cn"
    }
  }

  package var graph: String {
    switch self {
    case .global: "https://graph.microsoft.com"
    case .usgov: "https://graph.microsoft.us"
    case .usgovDod: "https://dod-graph.microsoft.us"
    case .china: "https://microsoftgraph.chinacloudapi.cn"
    }
  }

  /// Everything that was granted to the app on this cloud's Graph.
  package var scope: String { graph + "/.default" }
}
