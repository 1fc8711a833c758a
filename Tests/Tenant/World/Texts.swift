let projects = [
  "[PROJECT] Acme", "[PROJECT] Acme ", "[PROJECT] ACME", "[project] Borealis",
  "[PROJECT] Ćwiczenia", "[PROJECT] 東京支店", "[PROJECT] R&D <internal>", "[PROJECT] =1+1",
]

let activities = [
  "[ACTIVITY] Workshop", "[ACTIVITY] Development", "[ACTIVITY] Travel", "[Activity] Support",
]

let otherCategories = ["Red category", "Internal", "Personal", "Travel"]

let categoryNames = projects + activities + otherCategories

let subjects = [
  "Weekly status", "Kick-off", "Design review", "Sprint planning", "1:1", "Customer call",
  "Requirements workshop", "Budget", "Travel to customer", "Interview", "Retrospective",
  "Focus time",
]

/// What has broken parsers, terminals, spreadsheets and pages.
let oddSubjects = [
  "🚀 Launch 🎉 👩🏽‍💻", "日本語の会議", "Café – Übergabe", "=SUM(A1:A9)", "+1 (555) 0100",
  "@mention", "-2 degrees", "<script>alert(1)</script> & more", "a \"quoted\" \\ backslash\\",
  "tab\there", "line\nbreak\r\nand more", "escape \u{1B}[31mred\u{1B}[0m \u{1B}]0;title\u{7}",
  "bell \u{7} null-ish \u{1}", "right \u{202E}to left\u{202C}", "combining e\u{301}", "\u{FEFF}bom",
  "line separator \u{2028} inside", "per cent %s %n %00", "'; DROP TABLE calendar_event; --",
  String(repeating: "long ", count: 60), " spaces ", "דיון שבועי", "e, semicolon; \"csv\"",
]

let places = ["Room Jupiter", "Microsoft Teams Meeting", "Raum 4.2 (Süd)", "Online", "客户办公室"]

let colleagues = [
  Mailer(name: "Ada Okafor", address: "ada.okafor@example.test"),
  Mailer(name: "Rossi, Chiara", address: "chiara.rossi@example.test"),
  Mailer(name: "Kim Partner", address: "kim@partner.example"),
  Mailer(
    name: "Left Long Ago",
    address: "/o=ExchangeLabs/ou=Exchange Administrative Group/cn=Recipients/cn=0f2-left"),
]

let sentences = [
  "Please bring the latest figures and the list of open points from last time.",
  "Agenda: 1. Status 2. Risks 3. Next steps. Minutes will be in the usual place.",
  "Dial-in details are below; the room is booked from a quarter past.&nbsp;",
  "Wir besprechen die Übergabe und die offenen Fragen aus dem letzten Termin.",
  "議題は先週と同じです。資料は前日までに共有してください。",
  "Costs &lt; budget &amp; on time. <a href=\"https://example.test/plan?id=7&amp;v=2\">Plan</a>",
]

/// What an online meeting adds to each body.
let joinBlock =
  "<br>\r\n<div style=\"width:100%\"><span style=\"white-space:nowrap; color:#5F5F5F\">"
  + String(repeating: "________", count: 10) + "</span></div>\r\n<div class=\"me-email-text\">"
  + String(
    repeating:
      "<div style=\"margin-bottom:24px; font-family:'Segoe UI'\"><span>Join</span></div>\r\n",
    count: 12) + "</div>"
