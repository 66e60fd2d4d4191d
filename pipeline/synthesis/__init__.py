"""Documents of the genre, composed with their gold: the writer knows what it wrote.

`grammar/` holds the words: how a measure is said, what stands in which section, what a page has around its text.
`world` draws figures that agree with each other, `writing` puts both together and keeps where each figure stands,
`composition` makes a whole document of it, `formats` the file. Nothing here reads a document or knows a rule.
"""
