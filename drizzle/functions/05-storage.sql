-- How bodies lie on disk. With lz4 where the server has it. Without (the embedded build), pglz would be the default for every row
-- above 2 KB, at 20 µs for 2 KB and 200 µs for 7 KB of order JSON, several times what the rest of the insert costs: then rows up to a
-- page stay as they are, at about twice the disk for 2 KB bodies, and only longer ones are compressed.
CREATE OR REPLACE FUNCTION weft_store_text(p_table text, p_columns text[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE col text;
BEGIN
  IF NOT EXISTS (SELECT FROM pg_settings s WHERE s.name = 'default_toast_compression' AND 'lz4' = ANY (s.enumvals)) THEN
    EXECUTE format('ALTER TABLE public.%I SET (toast_tuple_target = 8160)', p_table);
    RETURN;
  END IF;
  FOREACH col IN ARRAY p_columns LOOP
    EXECUTE format('ALTER TABLE public.%I ALTER COLUMN %I SET COMPRESSION lz4', p_table, col);
  END LOOP;
END $$;
