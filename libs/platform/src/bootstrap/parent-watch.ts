const CHECK_EVERY_MS = 500;

/** Ends this process when the one that started it is gone, so that a killed launcher leaves no service behind. */
export function watchParent(parentPid: number | undefined, end: () => void): void {
  if (parentPid === undefined) return;
  const timer = setInterval(() => {
    if (isAlive(parentPid)) return;
    clearInterval(timer);
    end();
  }, CHECK_EVERY_MS);
  timer.unref();
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
