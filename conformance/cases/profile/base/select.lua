-- shows: select counts arguments and cuts them, also from the end.
-- proves: base.select

print("count", select("#"), select("#", nil), select("#", 1, nil, nil))
print("from", select(2, "a", "b", "c"))
print("first", select(1, "a"))
print("behind", select("#", select(3, "a", "b")))
print("far behind", select("#", select(100, "a")))
print("negative", select(-1, "a", "b", "c"))
print("negative two", select(-2, "a", "b", "c"))
print("one value", (select(2, "a", "b", "c")))
print("string index", select("2", "a", "b"))
print("zero", (pcall(select, 0, "a")))
print("too far back", (pcall(select, -3, "a", "b")))
print("no number", (pcall(select, "x", "a")))
