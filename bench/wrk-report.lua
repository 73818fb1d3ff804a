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
