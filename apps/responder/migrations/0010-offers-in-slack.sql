-- The change that a notice asks to approve, exactly as it is shown; null for every other notice.
alter table notices add column offer jsonb;
