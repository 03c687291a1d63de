"""The hand that makes papers: facts in, pages out; imports the desk's ports, rules and errors."""
