-- The policy of the bench in nginx: token, scope, quota per application and per API in one decision, usage.
-- One worker and no yield between the reads and the increments, so the counts are exact.
local tokens, counters, usage = ngx.shared.tokens, ngx.shared.counters, ngx.shared.usage
local find, sub = string.find, string.sub
local policy = {}

function policy.load(held)
  for token, value in pairs(held) do tokens:set(token, value) end
end

local function refuse(status, code, header, value)
  ngx.status = status
  ngx.header['Content-Type'] = 'application/problem+json'
  ngx.header[header] = value
  ngx.print('{"status":' .. status .. ',"code":"' .. code .. '"}')
  return ngx.exit(status)
end

function policy.admit(scope, per_application, per_api, period)
  local authorization = ngx.var.http_authorization
  if not authorization or sub(authorization, 1, 7) ~= 'Bearer ' then
    return refuse(401, 'token_missing', 'WWW-Authenticate', 'Bearer')
  end
  local held = tokens:get(sub(authorization, 8))
  if not held then
    return refuse(401, 'token_unknown', 'WWW-Authenticate', 'Bearer error="invalid_token"')
  end
  local bar = find(held, '|', 1, true)
  local application = sub(held, 1, bar - 1)
  ngx.var.application = application
  if not find(held, ' ' .. scope .. ' ', bar, true) then
    return refuse(403, 'scope_missing', 'WWW-Authenticate', 'Bearer error="insufficient_scope"')
  end
  local application_key, api_key = application .. '|' .. scope, scope
  if (counters:get(application_key) or 0) >= per_application then
    return refuse(429, 'quota_application', 'Retry-After', math.max(1, math.ceil(counters:ttl(application_key) or 1)))
  end
  if (counters:get(api_key) or 0) >= per_api then
    return refuse(429, 'quota_api', 'Retry-After', math.max(1, math.ceil(counters:ttl(api_key) or 1)))
  end
  counters:incr(application_key, 1, 0, period)
  counters:incr(api_key, 1, 0, period)
end

function policy.count(scope)
  usage:incr(ngx.var.application .. '|' .. scope .. '|' .. ngx.status, 1, 0)
end

return policy
