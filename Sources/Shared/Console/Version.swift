/// The version that all five programs report; releases stamp it.
package let productVersion = "0.1.0"
