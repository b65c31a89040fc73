// Reads requests as JSON from a file: [{ secret, headers, body }]. Verifies each as a receiver would and prints one line of JSON per request.
import { readFileSync } from "node:fs";
import { HTTP } from "cloudevents";
import { Webhook } from "standardwebhooks";

for (const { secret, headers, body } of JSON.parse(readFileSync(process.argv[2], "utf8"))) {
  try {
    new Webhook(secret).verify(body, headers);
    const event = HTTP.toEvent({ headers, body });
    event.validate();
    const { id, type, source, subject, time, sequence, data } = event;
    console.log(JSON.stringify({ id, type, source, subject, time, sequence, data }));
  } catch (error) {
    console.log(JSON.stringify({ refused: error.message }));
  }
}
