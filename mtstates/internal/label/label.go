// Package label keeps with VMs which thread they belong to, for profiles. Only packages below mtstates import it. Like the VM,
// its Env is used by one goroutine at a time.
package label

import "github.com/mtstates/go-mtstates/backend"

type threadKey struct{}

// SetThread keeps the id of the thread that runs in a VM of its own.
func SetThread(env *backend.Env, id string) { env.Keep(threadKey{}, id) }

// Thread returns the id of the thread to which the VM belongs, "" for none.
func Thread(env *backend.Env) string {
	id, _ := env.Kept(threadKey{}).(string)
	return id
}
