#include <algorithm>
#include <map>

#include "core/history/history_reader.h"
#include "core/history/reader_connection.h"

namespace cerebral::history {
namespace {

using std::chrono::milliseconds;
using Samples = std::vector<milliseconds>;

/// Begins a query with "WITH green (id, began, ended) AS (the last successful runs)".
Query overGreenRuns(const RunFilter& filter, int lastRuns) {
    RunFilter any = filter;
    any.states.clear();
    Query query;
    query.add("WITH green (id, began, ended) AS (SELECT id, started_ms, finished_ms FROM runs WHERE ");
    addConditions(query, any);
    query.add(
        " AND runs.state IN ('succeeded', 'completed') AND started_ms IS NOT NULL AND finished_ms IS NOT NULL "
        "ORDER BY created_ms DESC, id DESC LIMIT ?) ",
        std::int64_t{lastRuns});
    return query;
}

/// Durations below zero come from clocks that disagree; they say nothing.
void collect(Samples& samples, std::int64_t millis) {
    if (millis >= 0) samples.emplace_back(millis);
}

struct TaskSamples {
    Samples begin;
    Samples run;
    std::vector<std::string> stepOrder;
    std::map<std::string, Samples> steps;
};

TaskProfile profileOf(const std::string& name, TaskSamples& samples) {
    TaskProfile profile{
        name, analysis::statsOf(std::move(samples.begin)), analysis::statsOf(std::move(samples.run)), {}};
    for (const std::string& step : samples.stepOrder) {
        profile.steps.push_back({step, analysis::statsOf(std::move(samples.steps[step]))});
    }
    return profile;
}

void count(Outcomes& bucket, tekton::RunState state) {
    using tekton::RunState;
    if (state == RunState::Succeeded || state == RunState::Completed) ++bucket.succeeded;
    if (state == RunState::Failed || state == RunState::TimedOut) ++bucket.failed;
    if (state == RunState::Cancelled) ++bucket.cancelled;
}

Outcomes* bucketOf(std::vector<Outcomes>& buckets, WallTime time) {
    const auto after = std::upper_bound(buckets.begin(), buckets.end(), time,
                                        [](WallTime t, const Outcomes& bucket) { return t < bucket.from; });
    return after == buckets.begin() ? nullptr : &*std::prev(after);
}

}  // namespace

Result<DurationProfile> HistoryReader::durations(const RunFilter& filter, int lastRuns) {
    return connection_->ask("reading durations", [&] {
        const auto each = [&](const char* rest, auto&& use) {
            Query query = overGreenRuns(filter, lastRuns);
            query.add(rest);
            SQLite::Statement& statement = connection_->prepare(query);
            while (statement.executeStep()) {
                RowReader reader(statement);
                use(reader);
            }
        };
        DurationProfile profile;
        Samples whole;
        each("SELECT ended - began FROM green", [&](RowReader& reader) {
            ++profile.runs;
            collect(whole, reader.integer());
        });
        profile.run = analysis::statsOf(std::move(whole));

        std::map<std::string, TaskSamples> tasks;
        each(
            "SELECT pipeline_task, min(tasks.started_ms) - green.began, max(tasks.finished_ms) - "
            "min(tasks.started_ms) "
            "FROM green JOIN tasks ON tasks.run_id = green.id WHERE tasks.started_ms IS NOT NULL AND "
            "tasks.finished_ms IS NOT NULL GROUP BY green.id, pipeline_task",
            [&](RowReader& reader) {
                TaskSamples& samples = tasks[reader.text()];
                collect(samples.begin, reader.integer());
                collect(samples.run, reader.integer());
            });
        each(
            "SELECT pipeline_task, steps.name, steps.finished_ms - steps.started_ms FROM green JOIN tasks ON "
            "tasks.run_id = green.id JOIN steps ON steps.task_id = tasks.id WHERE steps.started_ms IS NOT NULL AND "
            "steps.finished_ms IS NOT NULL ORDER BY steps.position",
            [&](RowReader& reader) {
                TaskSamples& samples = tasks[reader.text()];
                const std::string step = reader.text();
                const auto [at, isNew] = samples.steps.try_emplace(step);
                if (isNew) samples.stepOrder.push_back(step);
                collect(at->second, reader.integer());
            });
        for (auto& [name, samples] : tasks) profile.tasks.push_back(profileOf(name, samples));
        std::stable_sort(profile.tasks.begin(), profile.tasks.end(),
                         [](const TaskProfile& a, const TaskProfile& b) { return a.begin.median < b.begin.median; });

        std::vector<std::pair<std::string, Samples>> stages;
        each(
            "SELECT stage, ended_ms - began_ms FROM green JOIN stages ON stages.run_id = green.id "
            "WHERE began_ms IS NOT NULL AND ended_ms IS NOT NULL ORDER BY stages.position",
            [&](RowReader& reader) {
                const std::string stage = reader.text();
                auto at = std::find_if(stages.begin(), stages.end(), [&](const auto& s) { return s.first == stage; });
                if (at == stages.end()) at = stages.insert(stages.end(), {stage, {}});
                collect(at->second, reader.integer());
            });
        for (auto& [stage, samples] : stages)
            profile.stages.push_back({stage, analysis::statsOf(std::move(samples))});
        return profile;
    });
}

Result<std::vector<Outcomes>> HistoryReader::outcomes(const RunFilter& filter, std::span<const WallTime> edges) {
    if (edges.size() < 2) return std::vector<Outcomes>{};
    return connection_->ask("counting outcomes", [&] {
        std::vector<Outcomes> buckets;
        for (const WallTime edge : edges.first(edges.size() - 1)) buckets.push_back({edge, 0, 0, 0, 0, 0});
        const std::int64_t from = toMillis(edges.front());
        const std::int64_t until = toMillis(edges.back());

        Query runs;
        runs.add("SELECT finished_ms, state FROM runs WHERE ");
        addConditions(runs, filter);
        runs.add(
            " AND finished_ms IS NOT NULL AND coalesce(finished_ms, created_ms) >= ? AND "
            "coalesce(finished_ms, created_ms) < ?",
            from, until);
        SQLite::Statement& finished = connection_->prepare(runs);
        while (finished.executeStep()) {
            RowReader reader(finished);
            Outcomes* bucket = bucketOf(buckets, reader.time());
            if (bucket != nullptr) count(*bucket, stateOf(reader.text()));
        }

        Query rollouts;
        rollouts.add("SELECT ended_ms, state FROM rollouts WHERE ended_ms >= ? AND ended_ms < ?", from, until);
        if (!filter.cluster.empty()) rollouts.add(" AND cluster = ?", filter.cluster);
        if (!filter.ns.empty()) rollouts.add(" AND namespace = ?", filter.ns);
        if (!filter.service.empty()) rollouts.add(" AND deployment = ?", filter.service);
        SQLite::Statement& ended = connection_->prepare(rollouts);
        while (ended.executeStep()) {
            RowReader reader(ended);
            Outcomes* bucket = bucketOf(buckets, reader.time());
            const std::string state = reader.text();
            if (bucket != nullptr && (state == "live" || state == "superseded")) ++bucket->deploysLive;
            if (bucket != nullptr && state == "failed") ++bucket->deploysFailed;
        }
        return buckets;
    });
}

Result<std::vector<StageSample>> HistoryReader::stageSamples(const RunFilter& filter, const std::string& stage) {
    return connection_->ask("reading stage times", [&] {
        Query query;
        query.add("SELECT uid, service, began_ms, ended_ms FROM runs JOIN stages ON stages.run_id = runs.id WHERE ");
        addConditions(query, filter);
        query.add(" AND stage = ? AND began_ms IS NOT NULL AND ended_ms >= began_ms ORDER BY began_ms", stage);
        SQLite::Statement& statement = connection_->prepare(query);
        std::vector<StageSample> samples;
        while (statement.executeStep()) {
            RowReader reader(statement);
            StageSample sample;
            sample.runUid = reader.text();
            sample.service = reader.text();
            sample.began = reader.time();
            sample.duration = std::chrono::duration_cast<milliseconds>(reader.time() - sample.began);
            samples.push_back(std::move(sample));
        }
        return samples;
    });
}

Result<std::vector<ErrorCount>> HistoryReader::frequentErrors(const RunFilter& filter, int limit) {
    return connection_->ask("counting errors", [&] {
        Query query;
        query.add(
            "SELECT fingerprint, normalised, error_line, service, runs.id, coalesce(finished_ms, created_ms) AS "
            "ended "
            "FROM first_errors JOIN runs ON runs.id = run_id WHERE ");
        addConditions(query, filter);
        query.add(" ORDER BY ended, runs.id");
        SQLite::Statement& statement = connection_->prepare(query);
        struct Gathered {
            ErrorCount count;
            std::int64_t lastRun = -1;
        };
        std::map<std::string, Gathered> gathered;
        while (statement.executeStep()) {
            RowReader reader(statement);
            const std::string fingerprint = reader.text();
            auto [at, isNew] = gathered.try_emplace(fingerprint);
            ErrorCount& count = at->second.count;
            count.fingerprint = fingerprint;
            count.normalised = reader.text();
            count.sample = reader.text();
            std::string service = reader.text();
            const std::int64_t run = reader.integer();
            count.last = reader.time();
            if (isNew) count.first = count.last;
            if (std::exchange(at->second.lastRun, run) != run) ++count.runs;
            auto& services = count.services;
            if (std::find(services.begin(), services.end(), service) == services.end()) {
                services.push_back(std::move(service));
            }
        }
        std::vector<ErrorCount> errors;
        errors.reserve(gathered.size());
        for (auto& [fingerprint, entry] : gathered) errors.push_back(std::move(entry.count));
        std::stable_sort(errors.begin(), errors.end(), [](const ErrorCount& a, const ErrorCount& b) {
            return a.runs != b.runs ? a.runs > b.runs : a.last > b.last;
        });
        if (errors.size() > static_cast<std::size_t>(limit)) errors.resize(static_cast<std::size_t>(limit));
        return errors;
    });
}

Result<std::vector<Sighting>> HistoryReader::sightings(const RunFilter& filter, const std::string& fingerprint) {
    return connection_->ask("looking for an error", [&] {
        Query query;
        query.add(
            "SELECT DISTINCT uid, name, service, branch, coalesce(finished_ms, created_ms) AS ended FROM "
            "first_errors "
            "JOIN runs ON runs.id = run_id WHERE ");
        addConditions(query, filter);
        query.add(" AND fingerprint = ? ORDER BY ended DESC, uid", fingerprint);
        SQLite::Statement& statement = connection_->prepare(query);
        std::vector<Sighting> sightings;
        while (statement.executeStep()) {
            RowReader reader(statement);
            Sighting sighting;
            sighting.runUid = reader.text();
            sighting.runName = reader.text();
            sighting.service = reader.text();
            sighting.branch = reader.text();
            sighting.at = reader.time();
            sightings.push_back(std::move(sighting));
        }
        return sightings;
    });
}

}  // namespace cerebral::history
