-- Prints wrk's own figures as one JSON line; loaded beside the request, so it costs nothing per call.
function done(summary, latency)
  io.write(string.format(
    '\nREPORT {"calls":%d,"seconds":%.6f,"p50":%d,"p99":%d,"refused":%d,"broken":%d}\n',
    summary.requests, summary.duration / 1e6, latency:percentile(50), latency:percentile(99),
    summary.errors.status, summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout))
end

-- With BENCH_FORM set, every call posts that form (the token endpoint's bench).
local form = os.getenv('BENCH_FORM')
if form then
  wrk.method = 'POST'
  wrk.body = form
  wrk.headers['Content-Type'] = 'application/x-www-form-urlencoded'
end

-- With BENCH_REFRESH set, each post renews with a refresh token that was given and not used yet.
local given = os.getenv('BENCH_REFRESH')
if given then
  local tokens, first, last = {}, 1, 0
  local keep = function(token)
    last = last + 1
    tokens[last] = token
  end
  for token in given:gmatch('%S+') do keep(token) end
  request = function()
    local token = tokens[first] or 'none-left'
    tokens[first] = nil
    first = first + 1
    return wrk.format(nil, nil, nil, form .. '&refresh_token=' .. token)
  end
  response = function(_, _, body)
    local token = body:match('"refresh_token"%s*:%s*"([^"]+)"')
    if token then keep(token) end
  end
end
