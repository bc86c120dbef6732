-- Once a transfer is saved, its package is gone. What a wrong link shows by stays: the name under which a linked case came; and which
-- of the other district's cases was left out, by its number alone.
alter table intake add column came_as text, add column origin_number text;
