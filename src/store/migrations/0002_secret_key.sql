-- Which key seals new values: one row for all controllers of this database. The keys themselves are never in it.
create table secret_key (
  one boolean primary key default true check (one),
  id text not null,
  since timestamptz not null default now()
);
