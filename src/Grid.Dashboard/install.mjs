// Installs the packages of the lock file, one process at a time: builds of both engines share one node_modules.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = dirname(fileURLToPath(import.meta.url));
const stamp = join(folder, "node_modules", ".installed");
const digest = (text) => createHash("sha256").update(text).digest("hex");
const wanted = digest(readFileSync(join(folder, "package-lock.json")));
const lock = join(tmpdir(), `grid-dashboard-${digest(folder).slice(0, 16)}.lock`);
const lockWaitMilliseconds = 300_000;
const lockPollMilliseconds = 200;

const installed = () => existsSync(stamp) && readFileSync(stamp, "utf8") === wanted;

function lockTaken() {
  try {
    mkdirSync(lock);
    writeFileSync(join(lock, "pid"), String(process.pid));
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
    return false;
  }
}

/** A process that was killed leaves its lock behind. */
function ownerGone() {
  try {
    process.kill(Number(readFileSync(join(lock, "pid"), "utf8")), 0);
    return false;
  } catch (error) {
    // Without a pid file the owner is about to write it; the wait below bounds how long this assumption holds.
    return error.code === "ESRCH";
  }
}

const deadline = Date.now() + lockWaitMilliseconds;
while (!lockTaken()) {
  if (ownerGone() || Date.now() > deadline) rmSync(lock, { recursive: true, force: true });
  else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, lockPollMilliseconds);
}
try {
  if (!installed()) {
    const shell = process.platform === "win32";
    const result = spawnSync("npm", ["ci", "--no-audit", "--no-fund"], { cwd: folder, stdio: "inherit", shell });
    if (result.error) throw result.error;
    if (result.status !== 0) process.exitCode = result.status ?? 1;
  }
  // Written even when there was nothing to install, so that the build sees that this lock file is done.
  if (!process.exitCode) writeFileSync(stamp, wanted);
} finally {
  rmSync(lock, { recursive: true, force: true });
}
