package cluster

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/textproto"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// bucket is the key-value bucket with the claims. What it reads comes from the leader of the bucket, because a replica
// may lag behind.
type bucket struct {
	name string
	conn *nats.Conn
	js   jetstream.JetStream
	kv   jetstream.KeyValue
}

// requestTimeout bounds a single request to the servers, so that one that is lost is repeated in time.
const requestTimeout = 2 * time.Second

// openBucket opens the bucket of a cluster, and makes it if there is none. Servers that have just started need a while.
func openBucket(ctx context.Context, conn *nats.Conn, c *config) (*bucket, error) {
	b := &bucket{name: "mtstates_" + c.name, conn: conn}
	var err error
	if b.js, err = jetstream.New(conn, jetstream.WithDefaultTimeout(requestTimeout)); err != nil {
		return nil, err
	}
	storage := jetstream.FileStorage
	if c.inMemory {
		storage = jetstream.MemoryStorage
	}
	wanted := jetstream.KeyValueConfig{
		Bucket: b.name, Description: "who owns which state of mtstates", Replicas: c.replicas, Storage: storage,
		LimitMarkerTTL: time.Minute,
	}
	for {
		if err = b.open(ctx, wanted); err == nil {
			return b, nil
		}
		select {
		case <-ctx.Done():
			return nil, fmt.Errorf("%w: %w", ctx.Err(), err)
		case <-time.After(100 * time.Millisecond):
		}
	}
}

func (b *bucket) open(ctx context.Context, wanted jetstream.KeyValueConfig) (err error) {
	ctx, cancel := context.WithTimeout(ctx, requestTimeout)
	defer cancel()
	if b.kv, err = b.js.KeyValue(ctx, b.name); errors.Is(err, jetstream.ErrBucketNotFound) {
		b.kv, err = b.js.CreateKeyValue(ctx, wanted)
	}
	return err
}

func (b *bucket) subject(key string) string { return "$KV." + b.name + "." + key }

// put writes a key if its last revision is the given one, 0 for none. ttl is how long it stays, 0 for ever.
func (b *bucket) put(ctx context.Context, key, value string, revision uint64, ttl time.Duration) (uint64, error) {
	ctx, cancel := context.WithTimeout(ctx, requestTimeout)
	defer cancel()
	options := []jetstream.PublishOpt{jetstream.WithExpectLastSequencePerSubject(revision)}
	if ttl > 0 {
		options = append(options, jetstream.WithMsgTTL(ttl))
	}
	ack, err := b.js.PublishMsg(ctx, &nats.Msg{Subject: b.subject(key), Data: []byte(value)}, options...)
	if err != nil {
		return 0, err
	}
	return ack.Sequence, nil
}

// remove deletes a key if its last revision is the given one.
func (b *bucket) remove(ctx context.Context, key string, revision uint64) error {
	ctx, cancel := context.WithTimeout(ctx, requestTimeout)
	defer cancel()
	return b.kv.Purge(ctx, key, jetstream.LastRevision(revision), jetstream.PurgeTTL(time.Minute))
}

// found is what the bucket has under a key. If exists is false, revision is that of the deletion, or 0.
type found struct {
	value    string
	revision uint64
	exists   bool
}

// get reads a key.
func (b *bucket) get(ctx context.Context, key string) (found, error) {
	query, err := json.Marshal(map[string]string{"last_by_subj": b.subject(key)})
	if err != nil {
		return found{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, requestTimeout)
	defer cancel()
	m, err := b.conn.RequestWithContext(ctx, "$JS.API.STREAM.MSG.GET.KV_"+b.name, query)
	if err != nil {
		return found{}, err
	}
	var answer struct {
		Message *struct {
			Sequence uint64 `json:"seq"`
			Header   []byte `json:"hdrs"`
			Data     []byte `json:"data"`
		} `json:"message"`
		Error *struct {
			Code        int    `json:"code"`
			Description string `json:"description"`
		} `json:"error"`
	}
	switch err := json.Unmarshal(m.Data, &answer); {
	case err != nil:
		return found{}, err
	case answer.Error != nil && answer.Error.Code == 404:
		return found{}, nil
	case answer.Error != nil:
		return found{}, errors.New(answer.Error.Description)
	case answer.Message == nil:
		return found{}, errors.New("an answer without a message")
	}
	f := found{string(answer.Message.Data), answer.Message.Sequence, !isDeletion(answer.Message.Header)}
	return f, nil
}

// isDeletion reports whether a message of the bucket marks a key as deleted or expired.
func isDeletion(header []byte) bool {
	r := textproto.NewReader(bufio.NewReader(bytes.NewReader(header)))
	if _, err := r.ReadLine(); err != nil {
		return false
	}
	h, _ := r.ReadMIMEHeader() // what there is before an error counts
	return h.Get("Kv-Operation") != "" || h.Get("Nats-Marker-Reason") != ""
}
