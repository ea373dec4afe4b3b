// SPDX-License-Identifier: MIT
//! Nothing: cargo wants a target in a package, and this one is there for what it depends on.
