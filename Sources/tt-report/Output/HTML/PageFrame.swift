internal import NDJSON

/// What stands around the content of a page: it needs nothing from anywhere.
enum PageFrame {
  static func open(_ title: String, _ subtitle: String?, _ buffer: inout OutputBuffer) {
    buffer.append(
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; \
      script-src 'unsafe-inline'">
      <title>
      """)
    buffer.append(html: title)
    buffer.append("</title>\n<style>\n")
    buffer.append(PageStyle.css)
    buffer.append("\n</style>\n</head>\n<body>\n<main>\n<header>\n<h1>")
    buffer.append(html: title)
    buffer.append("</h1>\n")
    if let subtitle {
      buffer.append("<p class=\"soft\">")
      buffer.append(html: subtitle)
      buffer.append("</p>\n")
    }
    buffer.append("</header>\n")
  }

  static func close(_ buffer: inout OutputBuffer) {
    buffer.append("</main>\n<script>\n")
    buffer.append(PageStyle.script)
    buffer.append("\n</script>\n</body>\n</html>\n")
  }
}
