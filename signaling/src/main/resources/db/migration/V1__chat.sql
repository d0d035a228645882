-- A history is one life of a room; `last` is its one count, of messages and of changes to them. A history without a
-- room has ended and is being erased.
create table chat_history (
    id   text   not null primary key,
    room text   unique,
    last bigint not null
);

-- `n` is a message's place in the order, `v` the number of its last change, `n` when there was none. `id` is its
-- sender's. Whoever said it and whom alone it is for are known by participant, by name as it was, and by a key that
-- stays the same when they come back.
create table chat_message (
    history        text   not null references chat_history (id),
    n              bigint not null,
    v              bigint not null,
    id             text   not null,
    sent_at        bigint not null,
    sender         text   not null,
    sender_name    text   not null,
    sender_key     text   not null,
    recipient      text,
    recipient_name text,
    recipient_key  text,
    reply_to       bigint,
    body           text   not null,
    deleted        bigint not null default 0,
    primary key (history, n),
    unique (history, id),
    unique (history, v)
);
