-- A file of a room's history, from the moment its upload began: its bytes are in the data folder under `file_key`, which
-- is all that is needed to read it. `upload` is the id that its owner gave it, `received` how much of `size` is on the
-- disk, `said_as` the `n` of the message that shows it. What is gone is nobody's any more and its bytes are being
-- deleted. `charge` is what it counts for in quotas, `touched_at` when something was added to it last.
create table chat_file (
    file_key   text   not null primary key,
    kept_in    text   not null,
    owner      text   not null,
    upload     text   not null,
    file_name  text   not null,
    media_type text   not null,
    size       bigint not null,
    charge     bigint not null,
    received   bigint not null default 0,
    said_as    bigint,
    touched_at bigint not null,
    gone       bigint not null default 0
);

create unique index chat_file_upload on chat_file (kept_in, owner, upload) where gone = 0;
create unique index chat_file_said on chat_file (kept_in, said_as) where gone = 0 and said_as is not null;
create index chat_file_open on chat_file (touched_at) where gone = 0 and said_as is null;
create index chat_file_gone on chat_file (file_key) where gone = 1;
create index chat_file_charge on chat_file (charge, size, received);
