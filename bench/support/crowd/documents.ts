import { lot } from './means.ts'

const rare = (word: string, condition: string): string => `CASE WHEN ${condition} THEN ' ${word}' ELSE '' END`

const text = `p.text || ${rare('xylophone', `${lot('p.id')} % 2000 = 0`)} || ${rare('middling', `${lot('p.id')} % 150 = 0`)}
  || ${rare('bygone', `p.published_at < now() - interval '120 days'`)}`

const stemming = `CASE p.language WHEN 'de' THEN 'german' WHEN 'es' THEN 'spanish' WHEN 'fr' THEN 'french'
  WHEN 'pt' THEN 'portuguese' ELSE 'english' END::regconfig`

const properties = `array_remove(ARRAY[' from:' || p.author_id, ' language:' || p.language,
    CASE WHEN p.has_media THEN ' has:media' END, CASE WHEN p.has_media THEN ' has:image' END,
    CASE WHEN EXISTS (SELECT FROM polls AS q WHERE q.post_id = p.id) THEN ' has:poll' END,
    CASE WHEN EXISTS (SELECT FROM post_previews AS v WHERE v.post_id = p.id) THEN ' has:link' END,
    CASE WHEN EXISTS (SELECT FROM quotes AS t WHERE t.post_id = p.id) THEN ' has:quote' END,
    CASE WHEN p.reply_to_id IS NOT NULL THEN ' is:reply' END, CASE WHEN p.is_sensitive THEN ' is:sensitive' END], NULL)
  || ARRAY(SELECT ' tag:' || h.name FROM post_hashtags AS ph JOIN hashtags AS h ON h.id = ph.hashtag_id
    WHERE ph.post_id = p.id)`

/**
 * The index of all posts as the engine would write it, but for how it takes words apart; with words that few, some and
 * only old posts have. The index of words is made afterwards, which is much faster.
 */
export const documents = [
  'DROP INDEX post_documents_words',
  `INSERT INTO post_documents (post_id, version, is_open, words)
   SELECT p.id, p.version, p.visibility = 'public' AND a.is_indexable, to_tsvector('simple', ${text})
     || array_to_tsvector(tsvector_to_array(to_tsvector(${stemming}, p.text)) || ${properties})
   FROM posts AS p JOIN accounts AS a ON a.id = p.author_id WHERE p.boost_of_id IS NULL ORDER BY p.id`,
  'CREATE INDEX post_documents_words ON post_documents USING gin (words)',
  `UPDATE search_builds SET next_id = NULL WHERE engine = 'postgres'`,
]
