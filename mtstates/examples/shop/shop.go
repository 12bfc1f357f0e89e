// Package shop is the Lua module shop, as an example of objects with methods in Go. What registers it in a VM, and the
// interfaces [Module] and [Cart], are generated from spec/modules/shop.yaml, as are the manual and the annotations for editors;
// this file implements the interfaces.
package shop

import (
	"strconv"
	"sync"

	"github.com/mtstates/go-mtstates/backend"
)

//go:generate go run github.com/mtstates/go-mtstates/gen/cmd/mtgen --spec mtstates/examples/shop/spec --out mtstates/examples/shop

// Shop is a [Module]: the prices of articles in cents.
type Shop map[string]int64

// cart is a [Cart].
type cart struct {
	shop     Shop
	customer string

	mu    sync.Mutex
	total int64
}

// Newcart implements [Module].
func (s Shop) Newcart(_ backend.VM, customer string) (Cart, error) {
	return &cart{shop: s, customer: customer}, nil
}

// Add implements [Cart].
func (c *cart) Add(_ backend.VM, article string, count int64) error {
	price, ok := c.shop[article]
	if !ok {
		return ErrUnknownArticle.With(strconv.Quote(article))
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.total += count * price
	return nil
}

// Total implements [Cart].
func (c *cart) Total(backend.VM) (int64, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.total, nil
}

// String is what tostring gives in Lua.
func (c *cart) String() string { return "cart of " + c.customer }
