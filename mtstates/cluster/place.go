package cluster

import (
	"cmp"
	"hash/fnv"
	"slices"
)

// rank sorts nodes by rendezvous hashing: each name has its own order of all nodes, so that names spread evenly, and a
// node that leaves changes the place of its own names only.
func rank(nodes []string, name string) {
	weights := make(map[string]uint64, len(nodes))
	for _, node := range nodes {
		weights[node] = weight(node, name)
	}
	slices.SortFunc(nodes, func(a, b string) int {
		return cmp.Or(cmp.Compare(weights[b], weights[a]), cmp.Compare(a, b))
	})
}

func weight(node, name string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(node))
	h.Write([]byte{0})
	h.Write([]byte(name))
	x := h.Sum64() // whose high bits hardly depend on the last bytes
	x ^= x >> 33
	x *= 0xff51afd7ed558ccd
	x ^= x >> 33
	x *= 0xc4ceb9fe1a85ec53
	return x ^ x>>33
}
