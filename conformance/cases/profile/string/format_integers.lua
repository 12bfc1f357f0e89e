-- shows: A fraction is cut off by %d.
-- proves: string.format.fraction

print(("%d %d %d"):format(3.7, -3.7, 0.5), ("%x"):format(255.9), ("%5d|"):format(2.5))
