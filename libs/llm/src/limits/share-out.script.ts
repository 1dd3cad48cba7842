/**
 * How many slots a process may use: run in Redis, so that two who ask at once do not get the same. A field for each process:
 * what it wants, what it holds, since when it has held none, and when it is gone unless it asks again. Slots are dealt one by one
 * to those who want some, from who has held none for the longest; so with fewer slots than processes each gets its turn.
 * Nobody gets what others still hold.
 */
export const SHARE_OUT = `
local me, total, wanted, inUse, goneAfter = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local fields = redis.call('HGETALL', KEYS[1])
local mine = { id = me, wanted = wanted, held = 0, turn = now }
local claims, heldByOthers, others = {}, 0, 0
for i = 1, #fields, 2 do
  local w, h, t, e = string.match(fields[i + 1], '^(%d+):(%d+):(%d+):(%d+)$')
  if fields[i] == me then
    mine.held, mine.turn = tonumber(h), tonumber(t)
  elseif tonumber(e) <= now then
    redis.call('HDEL', KEYS[1], fields[i])
  else
    heldByOthers = heldByOthers + tonumber(h)
    if tonumber(w) > 0 then others = others + 1 end
    table.insert(claims, { id = fields[i], wanted = tonumber(w), turn = tonumber(t) })
  end
end
if mine.held > 0 and others >= total then mine.turn = now end
table.insert(claims, mine)
table.sort(claims, function(a, b)
  if a.turn ~= b.turn then return a.turn < b.turn end
  return a.id < b.id
end)
local left, target, dealt = total, 0, true
for round = 1, total do
  if not dealt then break end
  dealt = false
  for _, claim in ipairs(claims) do
    if left > 0 and claim.wanted >= round then
      left = left - 1
      dealt = true
      if claim.id == me then target = round end
    end
  end
end
local granted = math.max(math.min(target, total - heldByOthers), 0)
local held = math.max(granted, inUse)
if wanted == 0 and held == 0 then
  redis.call('HDEL', KEYS[1], me)
else
  redis.call('HSET', KEYS[1], me, string.format('%d:%d:%d:%d', wanted, held, mine.turn, now + goneAfter))
  redis.call('PEXPIRE', KEYS[1], goneAfter * 10)
end
return granted
`;
