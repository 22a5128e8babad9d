-- Departures of one day, each with a token of its own: every request is one entry of the journal.
local thread_number = 0
function setup(thread)
  thread_number = thread_number + 1
  thread:set("number", thread_number)
end

function init(arguments)
  count = 0
  head = { ["Cookie"] = os.getenv("COOKIE"), ["Content-Type"] = "application/x-www-form-urlencoded" }
  start = "form-token=" .. os.getenv("TOKEN") .. "&slot=3&kind=other&reason=load"
end

function request()
  count = count + 1
  local once = string.format("%s%08x%08x", os.getenv("RUN"), number, count)
  return wrk.format("POST", "/deviation", head, start .. "&once=" .. once)
end

local other = 0
function response(status, headers, body)
  if status ~= 303 then
    other = other + 1
    io.stderr:write("answered " .. status .. "\n")
  end
end

function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format(
    "RESULT requests=%d duration_us=%d p50_us=%d p99_us=%d max_us=%d errors=%d\n", summary.requests,
    summary.duration, latency:percentile(50), latency:percentile(99), latency.max,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
