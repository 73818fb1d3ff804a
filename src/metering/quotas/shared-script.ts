/** `now`, `up` and `settled(key, place)`: a counter brought to the present, from its six arguments behind `place`. */
const settling = `
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local function up(dividend, divisor)
  local rest = dividend % divisor
  return (dividend - rest) / divisor + (rest > 0 and 1 or 0)
end
local function settled(key, a)
  local c = { bucket = ARGV[a + 1] == '1', cost = tonumber(ARGV[a + 2]), refill = tonumber(ARGV[a + 3]),
    capacity = tonumber(ARGV[a + 4]), limit = tonumber(ARGV[a + 5]), period = tonumber(ARGV[a + 6]), spent = 0, wait = 0 }
  local stored = redis.call('GET', key)
  local spent, at, cost
  if stored then spent, at, cost = string.match(stored, '^(%d+) (%d+) (%d+)$') end
  if spent then
    c.spent = tonumber(spent)
    if c.bucket then
      if tonumber(cost) ~= c.cost then c.spent = math.ceil(c.spent / tonumber(cost) * c.cost) end
      c.spent = math.min(c.spent, c.capacity)
      c.spent = math.max(0, c.spent - math.max(0, now - tonumber(at)) * c.refill)
    elseif math.floor(now / c.period) > tonumber(at) then
      c.spent = 0
    end
  end
  return c
end
local function keep(key, c)
  local at = c.bucket and now or math.floor(now / c.period)
  local value = string.format('%.0f %.0f %.0f', c.spent, at, c.cost)
  redis.call('SET', key, value, 'PX', string.format('%.0f', c.period + 1000))
end
`

/**
 * Decides all charges at once where all nodes meet. The time is the server's, so that nodes need not agree on theirs.
 * Arguments, six a key: bucket (1 or 0), cost, refill, capacity, limit, period in milliseconds.
 * Returns three a key: wait, remaining, reset; times in milliseconds. All waits 0: every charge was debited; else none was.
 */
export const sharedScript = `${settling}
local counters, refused = {}, false
for index, key in ipairs(KEYS) do
  local c = settled(key, (index - 1) * 6)
  if c.limit == 0 then c.wait = c.period
  elseif c.bucket then c.wait = math.max(0, up(c.spent + c.cost - c.capacity, c.refill))
  elseif c.spent >= c.limit then c.wait = c.period - now % c.period end
  if c.wait > 0 then refused = true end
  counters[index] = c
end
local answer = {}
for index, c in ipairs(counters) do
  if not refused then
    c.spent = c.spent + (c.bucket and c.cost or 1)
    keep(KEYS[index], c)
  end
  local remaining = c.bucket and math.floor((c.capacity - c.spent) / c.cost) or (c.limit - c.spent)
  local reset = 0
  if c.spent > 0 then reset = c.bucket and up(c.spent, c.refill) or (c.period - now % c.period) end
  answer[#answer + 1] = c.wait
  answer[#answer + 1] = math.max(0, remaining)
  answer[#answer + 1] = reset
end
return answer
`

/** Debits calls that were granted elsewhere, whatever is left. Arguments, seven a key: those of a decision, then how many calls. */
export const debtScript = `${settling}
for index, key in ipairs(KEYS) do
  local a = (index - 1) * 7
  local c = settled(key, a)
  local calls = tonumber(ARGV[a + 7])
  c.spent = math.min(c.bucket and c.capacity or c.limit, c.spent + calls * (c.bucket and c.cost or 1))
  keep(key, c)
end
return 0
`
