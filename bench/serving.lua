-- Asks what the lines of a file say, one after the other: wrk -s serving.lua URL -- FILE CLIENT; prints JSON.
local threads = {}

function setup(thread)
    table.insert(threads, thread)
end

function init(args)
    paths, statuses, position = {}, {}, 0
    for line in io.lines(args[1]) do
        table.insert(paths, line)
    end
    client = args[2]
end

function request()
    position = position % #paths + 1
    return wrk.format("GET", paths[position], {["X-Forwarded-For"] = client})
end

function response(status)
    statuses[status] = (statuses[status] or 0) + 1
end

function done(summary, latency)
    local counts = {}
    for _, thread in ipairs(threads) do
        for status, count in pairs(thread:get("statuses")) do
            counts[status] = (counts[status] or 0) + count
        end
    end
    local found = {}
    for status, count in pairs(counts) do
        table.insert(found, string.format('"%d": %d', status, count))
    end
    local failed = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
    io.write(string.format(
        'JSON{"requests": %d, "seconds": %.1f, "failed": %d, "statuses": {%s}, "ms": {"50": %.1f, "90": %.1f, "95": %.1f, "99": %.1f, "100": %.1f}}\n',
        summary.requests, summary.duration / 1e6, failed, table.concat(found, ", "), latency:percentile(50) / 1000,
        latency:percentile(90) / 1000, latency:percentile(95) / 1000, latency:percentile(99) / 1000, latency.max / 1000))
end
