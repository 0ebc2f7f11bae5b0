-- A history as format 1 was published: its schema and one row of each kind.
PRAGMA application_id = 1130514537;
PRAGMA user_version = 1;
BEGIN TRANSACTION;
CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    cluster TEXT NOT NULL,
    namespace TEXT NOT NULL,
    name TEXT NOT NULL,
    resource_version TEXT NOT NULL,
    service TEXT NOT NULL,
    branch TEXT NOT NULL,
    commit_sha TEXT NOT NULL,
    before_sha TEXT NOT NULL,
    trigger_kind TEXT NOT NULL,
    repository TEXT NOT NULL,
    ref TEXT NOT NULL,
    message TEXT NOT NULL,
    author TEXT NOT NULL,
    pusher TEXT NOT NULL,
    delivery TEXT NOT NULL,
    compare_url TEXT NOT NULL,
    request_id TEXT NOT NULL,
    requested_by TEXT NOT NULL,
    rebuild_reason TEXT NOT NULL,
    pipeline TEXT NOT NULL,
    service_account TEXT NOT NULL,
    base_image TEXT NOT NULL,
    base_digest TEXT NOT NULL,
    image_digest TEXT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT NOT NULL,
    condition_message TEXT NOT NULL,
    created_ms INTEGER NOT NULL,
    received_ms INTEGER,
    started_ms INTEGER,
    finished_ms INTEGER
) STRICT;
INSERT INTO runs VALUES(1,'uid-1','https://cluster:6443','tekton-pipelines','ai-services-1','1001','ai-services','main','e03fa57b41d90c77ae0000000000000000000001','7f02d9c000000000000000000000000000000002','push','baerautotech/cerebral','refs/heads/main','refactor(data): it''s moved','mk','rs','','','','','','cerebral-microservice-pipeline','','','','','failed','Failed','Tasks Completed: 2 (Failed: 1, Cancelled 0), Skipped: 1',1795423260000,1795423259959,1795423261000,1795423360000);
CREATE TABLE run_values (
    run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('param', 'result')),
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (run_id, kind, position)
) STRICT, WITHOUT ROWID;
INSERT INTO run_values VALUES(1,'param',0,'branch','main');
INSERT INTO run_values VALUES(1,'param',1,'revision','e03fa57b');
INSERT INTO run_values VALUES(1,'result',0,'commit','e03fa57b');
CREATE TABLE tasks (
    id INTEGER PRIMARY KEY,
    run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    pipeline_task TEXT NOT NULL,
    task_run TEXT NOT NULL,
    uid TEXT NOT NULL,
    pod TEXT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT NOT NULL,
    message TEXT NOT NULL,
    attempt INTEGER NOT NULL,
    created_ms INTEGER,
    scheduled_ms INTEGER,
    started_ms INTEGER,
    finished_ms INTEGER,
    UNIQUE (run_id, position)
) STRICT;
INSERT INTO tasks VALUES(1,1,0,'kaniko-build-task','t','u','p','failed','Failed','"step-build" exited with code 1: Error',0,1795423262000,1795423262100,1795423262000,1795423359000);
CREATE TABLE steps (
    task_id INTEGER NOT NULL REFERENCES tasks (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    container TEXT NOT NULL,
    started_ms INTEGER,
    finished_ms INTEGER,
    exit_code INTEGER,
    reason TEXT NOT NULL,
    PRIMARY KEY (task_id, position)
) STRICT, WITHOUT ROWID;
INSERT INTO steps VALUES(1,0,'build','step-build',1795423263000,1795423359000,1,'Error');
CREATE TABLE stages (
    run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    stage TEXT NOT NULL,
    began_ms INTEGER,
    ended_ms INTEGER,
    outcome TEXT NOT NULL,
    PRIMARY KEY (run_id, position)
) STRICT, WITHOUT ROWID;
INSERT INTO stages VALUES(1,0,'build',1795423262000,1795423359000,'failed');
CREATE TABLE first_errors (
    run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    task TEXT NOT NULL,
    step TEXT NOT NULL,
    exit_code INTEGER,
    explanation TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    normalised TEXT NOT NULL,
    error_line TEXT NOT NULL,
    error_number INTEGER NOT NULL,
    total_lines INTEGER NOT NULL,
    excerpt_first INTEGER NOT NULL,
    excerpt TEXT NOT NULL,
    PRIMARY KEY (run_id, task, step)
) STRICT, WITHOUT ROWID;
INSERT INTO first_errors VALUES(1,'build','run',1,'exit code 1','f00df00df00df00d','ERROR: #','ERROR: 1',812,820,811,replace('before\nERROR: 1\nafter\n','\n',char(10)));
CREATE TABLE step_logs (
    id INTEGER PRIMARY KEY,
    run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    task TEXT NOT NULL,
    step TEXT NOT NULL,
    first_number INTEGER NOT NULL,
    total_lines INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    UNIQUE (run_id, task, step)
) STRICT;
INSERT INTO step_logs VALUES(1,1,'build','run',801,820,X'4552524f523a20310a');
CREATE TABLE rollouts (
    id INTEGER PRIMARY KEY,
    deployment_uid TEXT NOT NULL,
    revision INTEGER NOT NULL,
    cluster TEXT NOT NULL,
    namespace TEXT NOT NULL,
    deployment TEXT NOT NULL,
    image TEXT NOT NULL,
    digest TEXT NOT NULL,
    commit_sha TEXT NOT NULL,
    run_uid TEXT NOT NULL,
    state TEXT NOT NULL,
    message TEXT NOT NULL,
    pods_wanted INTEGER NOT NULL,
    pods_ready INTEGER NOT NULL,
    began_ms INTEGER NOT NULL,
    ended_ms INTEGER,
    UNIQUE (deployment_uid, revision)
) STRICT;
INSERT INTO rollouts VALUES(1,'dep-1',7,'https://cluster:6443','cerebral-platform','ai-services','image','sha256:x','c','uid-1','live','',2,2,1795423260000,1795423300000);
CREATE INDEX runs_by_creation ON runs (cluster, created_ms);
CREATE INDEX runs_by_service ON runs (cluster, service, created_ms);
CREATE INDEX runs_by_commit ON runs (commit_sha);
CREATE INDEX runs_by_end ON runs (coalesce(finished_ms, created_ms));
CREATE INDEX first_errors_by_fingerprint ON first_errors (fingerprint);
CREATE INDEX rollouts_by_deployment ON rollouts (cluster, namespace, deployment, began_ms);
CREATE INDEX rollouts_by_beginning ON rollouts (began_ms);
COMMIT;
