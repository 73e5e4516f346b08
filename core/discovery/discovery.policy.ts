/**
 * A condition in SQL: is account `a` in good standing? Not gone, suspended or limited, not moved, not this instance itself,
 * nobody who has not confirmed a log-in (ACCT-16).
 */
export const inGoodStanding = `(a.gone_at IS NULL AND a.suspended_at IS NULL AND a.silenced_at IS NULL
  AND a.moved_to_id IS NULL AND (a.kind <> 'application' OR a.domain IS NOT NULL)
  AND (SELECT u.confirmed_at IS NULL OR u.approved_at IS NULL FROM users AS u WHERE u.account_id = a.id) IS NOT TRUE)`

/** A condition in SQL: may `a` be shown to people who do not know it? Only who wants to be found (ACCT-41). */
export const mayBeMet = `(a.is_discoverable AND ${inGoodStanding})`
