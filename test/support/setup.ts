import { addEventHandler } from 'jest-circus'
import { reset } from './reset.ts'

// Every file, and there every test, begins with empty stores: this hook stands before all others. The light runner
// forgets hooks that a setup file declares, so it is put in when a file declares its first test or hook.
addEventHandler((event, { rootDescribeBlock }) => {
  if (!['start_describe_definition', 'add_test', 'add_hook'].includes(event.name)) return
  if (rootDescribeBlock.hooks.some(({ fn }) => fn === reset)) return
  rootDescribeBlock.hooks.unshift({
    type: 'beforeEach',
    fn: reset,
    asyncError: new Error('the stores could not be emptied'),
    parent: rootDescribeBlock,
    seenDone: false,
    timeout: undefined,
  })
})
