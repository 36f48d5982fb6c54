-- alerts: an alarm, opened once and closed when its cause is healed.
--
-- grain    one row an alarm from its opening to its closing
-- reads    whatever watches (portal health, checks)
-- written  by warehouse.alerts

create table if not exists alerts (
    alert_id varchar,
    kind varchar,
    subject varchar,
    message varchar,
    opened_at timestamptz,
    confirmed_at timestamptz,
    closed_at timestamptz
);

comment on table alerts is '告警：一行一次告警，从发生到消除';
comment on column alerts.alert_id is '告警标识（主键），16 位十六进制：种类、对象与发生时刻的 sha256 前 16 位';
comment on column alerts.kind is '种类：portal_failing 采集失败、portal_changed 页面改版、portal_refused 门户拒绝、portal_partial 采集不全、portal_silent 无声过久、disk_low 磁盘将满';
comment on column alerts.subject is '对象：门户标识；磁盘将满则为“磁盘”';
comment on column alerts.message is '说明，及处理办法';
comment on column alerts.opened_at is '发生的时刻，含时区';
comment on column alerts.confirmed_at is '最近一次确认仍存在的时刻，含时区';
comment on column alerts.closed_at is '消除的时刻；未消除则为空';
