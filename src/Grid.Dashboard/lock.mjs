// Writes a new lock file, then removes the origin of each package, so that the file works with every registry.
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";

const result = spawnSync("npm", ["install", "--package-lock-only"], { stdio: "inherit", shell: process.platform === "win32" });
if (result.status !== 0) process.exit(result.status ?? 1);

const lock = JSON.parse(readFileSync("package-lock.json", "utf8"));
for (const entry of Object.values(lock.packages)) {
  delete entry.resolved;
  delete entry.funding;
}
writeFileSync("package-lock.json", `${JSON.stringify(lock, null, 2)}\n`);

// A registry that lacks a platform's package leaves it out, and `npm ci` then fails everywhere. Another version, chosen
// by an override in package.json, may be complete.
const missing = Object.values(lock.packages)
  .flatMap(({ optionalDependencies = {} }) => Object.keys(optionalDependencies))
  .filter((name) => lock.packages[`node_modules/${name}`] === undefined);
if (missing.length > 0) {
  console.error(`The registry lacks these optional packages, so the lock file is not usable: ${missing.join(", ")}`);
  process.exit(1);
}
