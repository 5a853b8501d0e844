// Preloaded (`--import`) into every child of the supervisor: a child whose supervisor was killed must not stay behind holding a port.
const GRACE_MS = 10_000;

process.once('disconnect', () => {
  setTimeout(() => process.exit(1), GRACE_MS).unref();
  // The orderly way first: the child's own handler of SIGTERM finishes what it has begun.
  process.kill(process.pid, 'SIGTERM');
});
// Listening for the end of the channel alone must not keep a finished process alive.
process.channel?.unref();
