// SPDX-License-Identifier: MIT
//
// C initialisers as a tree, and where to break their lines.

use std::fmt::Write;

const WIDTH: usize = 100;

/// A string literal.
pub fn quoted(s: &str) -> String {
    let mut out = String::from("\"");
    for c in s.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            ' '..='~' => out.push(c),
            // Octal, since a digit behind a hexadecimal escape would belong to it.
            _ => c.to_string().bytes().for_each(|b| write!(out, "\\{b:03o}").unwrap()),
        }
    }
    out + "\""
}

/// A piece of an initialiser: text, or a list between a head and a tail, with a comment behind it.
pub struct Item {
    head: String,
    list: Option<(Vec<Item>, &'static str, &'static str)>,
    comment: String,
}

pub fn text(text: impl Into<String>) -> Item {
    Item { head: text.into(), list: None, comment: String::new() }
}

/// head{items}
pub fn braces(head: impl Into<String>, items: Vec<Item>) -> Item {
    Item { head: head.into() + "{", list: Some((items, ",", "}")), comment: String::new() }
}

/// A pointer to an array, and the array's length.
pub fn array(member: &str, ty: &str, items: Vec<Item>) -> Item {
    if items.is_empty() {
        return text(format!(".{member} = NOTHING"));
    }
    Item {
        head: format!("SABI_ARRAY_OF({ty}, {member}, "),
        list: Some((items, ",", ")")),
        comment: String::new(),
    }
}

/// A pointer to a string, and its length; a long one is cut behind semicolons.
pub fn string(member: &str, s: &str) -> Item {
    let mut lines = vec![String::new()];
    for piece in s.split_inclusive(';') {
        let line = lines.last_mut().unwrap();
        if line.len() + piece.len() > 70 {
            lines.push(piece.into());
        } else {
            *line += piece;
        }
    }
    Item {
        head: format!("SABI_STRING({member}, "),
        list: Some((lines.iter().map(|l| text(quoted(l))).collect(), "", ")")),
        comment: String::new(),
    }
}

impl Item {
    pub fn with(mut self, comment: impl Into<String>) -> Item {
        self.comment = comment.into();
        self
    }

    /// On one line, if nothing in it has a comment.
    fn flat(&self) -> Option<String> {
        let Some((items, separator, tail)) = &self.list else {
            return Some(self.head.clone());
        };
        let items = items
            .iter()
            .map(|i| i.comment.is_empty().then(|| i.flat()).flatten())
            .collect::<Option<Vec<_>>>()?;
        Some(format!("{}{}{tail}", self.head, items.join(&format!("{separator} "))))
    }

    /// On as many lines as it takes. What fits next to each other stands so.
    pub fn print(&self, out: &mut String, depth: usize, separator: &str) {
        let indent = "\t".repeat(depth);
        let comment = match self.comment.as_str() {
            "" => String::new(),
            comment => format!(" /* {comment} */"),
        };
        match (self.flat(), &self.list) {
            (Some(flat), None) => writeln!(out, "{indent}{flat}{separator}{comment}").unwrap(),
            (Some(flat), _) if 8 * depth + flat.len() < WIDTH => {
                writeln!(out, "{indent}{flat}{separator}{comment}").unwrap()
            }
            (_, None) => unreachable!("text has no list to break"),
            (_, Some((items, inner, tail))) => {
                writeln!(out, "{indent}{}{comment}", self.head.trim_end()).unwrap();
                let mut line = String::new();
                let flush = |line: &mut String, out: &mut String| {
                    if !line.is_empty() {
                        writeln!(out, "{indent}\t{line}").unwrap();
                        line.clear();
                    }
                };
                for (at, item) in items.iter().enumerate() {
                    // An argument list, unlike an initialiser, must not end in a comma.
                    let last = at + 1 == items.len() && *tail == ")";
                    let inner = if last { "" } else { inner };
                    let room = WIDTH - 8 * (depth + 1);
                    match item.flat().filter(|f| item.comment.is_empty() && f.len() < room) {
                        Some(flat) => {
                            if !line.is_empty() && line.len() + flat.len() + 2 > room {
                                flush(&mut line, out);
                            }
                            if !line.is_empty() {
                                line.push(' ');
                            }
                            line += &flat;
                            line += inner;
                        }
                        None => {
                            flush(&mut line, out);
                            item.print(out, depth + 1, inner);
                        }
                    }
                }
                flush(&mut line, out);
                writeln!(out, "{indent}{tail}{separator}").unwrap();
            }
        }
    }
}
