@main struct Tenant { static func main() {} }
