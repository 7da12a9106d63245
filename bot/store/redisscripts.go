package store

import (
	"fmt"

	"github.com/redis/go-redis/v9"

	"praline/channels/outbound"
)

// readScript reads the keys of one slot at one moment: ARGV is the kind of
// each, and the field of a hash ("": all of it).
var readScript = redis.NewScript(fmt.Sprintf(`
local all = {}
for i, key in ipairs(KEYS) do
  local kind, field = tonumber(ARGV[2*i-1]), ARGV[2*i]
  if kind == %d and field ~= '' then all[i] = redis.call('HGET', key, field)
  elseif kind == %d then all[i] = redis.call('HGETALL', key)
  elseif kind == %d then all[i] = redis.call('LRANGE', key, 0, -1)
  else all[i] = redis.call('GET', key) end
end
return all`, hash, hash, list))

// writeScript applies a change: ARGV[1] is the place among KEYS of the hash to
// count (0: none), ARGV[2] is how many guards there are, then come three for
// each guard: key's place, field, word; and then four for each operation: verb,
// key's place, field, value. It returns an empty list where a guard does not
// hold. KEYS[1] is of the first guard.
var writeScript = redis.NewScript(fmt.Sprintf(`
local counted, guards = tonumber(ARGV[1]), tonumber(ARGV[2])
for i = 3, 3*guards, 3 do
  local key, field, word = KEYS[tonumber(ARGV[i])], ARGV[i+1], ARGV[i+2]
  if word ~= '%s' then
    local there
    if field == '' then there = redis.call('EXISTS', key) == 1 else there = redis.call('HEXISTS', key, field) == 1 end
    if word == '' then
      if there then return {} end
    elseif not there then return {}
    elseif word ~= '%s' then
      local head
      if field == '' then head = redis.call('GETRANGE', key, 0, %d) else head = string.sub(redis.call('HGET', key, field), 1, %d) end
      if string.match(head, '^[^ \n]*') ~= word then return {} end
    end
  end
end
for i = 3 + 3*guards, #ARGV, 4 do
  local verb, key, field, value = tonumber(ARGV[i]), KEYS[tonumber(ARGV[i+1])], ARGV[i+2], ARGV[i+3]
  if verb == %d then redis.call('SET', key, value)
  elseif verb == %d then redis.call('HSET', key, field, value)
  elseif verb == %d then redis.call('HDEL', key, field)
  elseif verb == %d then redis.call('APPEND', key, value)
  elseif verb == %d then redis.call('RPUSH', key, value)
  elseif verb == %d then redis.call('LTRIM', key, '-' .. field, -1)
  elseif verb == %d then redis.call('DEL', key)
  elseif verb == %d then redis.call('PEXPIREAT', key, value) end
end
if counted == 0 then return {0} end
return {redis.call('HLEN', KEYS[counted]), redis.call('GETRANGE', KEYS[1], 0, %d)}`,
	anything, something, headBytes-1, headBytes, setText, setField, cutField, extend, push, last, drop, expire, headBytes-1))

// raiseScript moves up to ARGV[2] members whose score is at most ARGV[1] to
// ARGV[3].
var raiseScript = redis.NewScript(`
local members = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, ARGV[2])
for _, member in ipairs(members) do redis.call('ZADD', KEYS[1], ARGV[3], member) end
return members`)

// swapScript takes four for each swap: member, from, to, always.
var swapScript = redis.NewScript(`
for i = 1, #ARGV, 4 do
  local member, from, to, always = ARGV[i], tonumber(ARGV[i+1]), ARGV[i+2], ARGV[i+3] == '1'
  local score = redis.call('ZSCORE', KEYS[1], member)
  if always or (score and tonumber(score) == from) then
    if to == '0' then redis.call('ZREM', KEYS[1], member) else redis.call('ZADD', KEYS[1], to, member) end
  end
end
return 0`)

// turnScript takes a turn of a bucket, or hushes it. ARGV for a turn: now, the
// furthest that it may be, the time from one to the next, how much may be had
// in advance; it returns how long to wait. ARGV for a hush: now, until when, how
// much the bucket holds. All in µs. The arithmetic is that of outbound.Ledger. A
// key goes when its bucket is full again, and a little later, for instances
// whose clock is behind.
var turnScript = redis.NewScript(fmt.Sprintf(`
local next, hush = string.match(redis.call('GET', KEYS[1]) or '', '^(%%d+) (%%d+)$')
next, hush = tonumber(next or 0), tonumber(hush or 0)
local now = tonumber(ARGV[1])
local wait, changed = 0, true
if #ARGV == 3 then
  hush = math.max(hush, tonumber(ARGV[2]))
  next = math.max(next, hush + tonumber(ARGV[3]))
else
  local every = tonumber(ARGV[3])
  local at = math.max(now, hush, next - tonumber(ARGV[4]))
  wait = at - now
  if wait > tonumber(ARGV[2]) then changed = false
  elseif every > 0 then next = math.max(next, at) + every
  elseif next > now then next = at + %d
  else changed = false end
end
if changed then
  redis.call('SET', KEYS[1], string.format('%%.0f %%.0f', next, hush), 'PX', string.format('%%.0f', math.max(math.ceil((math.max(next, hush) - now) / 1000), 0) + %d))
end
return wait`, outbound.Scatter, turnKept.Milliseconds()))

// dumpScript returns all the texts under a key, whatever its kind.
var dumpScript = redis.NewScript(`
local kind = redis.call('TYPE', KEYS[1]).ok
if kind == 'string' then return {redis.call('GET', KEYS[1])} end
if kind == 'hash' then return redis.call('HGETALL', KEYS[1]) end
if kind == 'list' then return redis.call('LRANGE', KEYS[1], 0, -1) end
if kind == 'zset' then return redis.call('ZRANGE', KEYS[1], 0, -1) end
if kind == 'set' then return redis.call('SMEMBERS', KEYS[1]) end
return {}`)
