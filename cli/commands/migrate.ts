import { migrate } from '#platform/migrate'
import { command } from '../command.ts'

export default command('migrate', {
  says: 'Bring the database to the schema of this version.',
  run: async () => {
    const done = await migrate()
    console.log(done.length === 0 ? 'The database is up to date.' : `Done: ${done.join(', ')}`)
  },
})
