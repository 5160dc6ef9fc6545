// Runs the file named by the first argument and ends with the process that started it: when that is
// killed, its end of the channel closes, and no server is left behind.
import { pathToFileURL } from 'node:url';

process.on('disconnect', () => process.exit(1));
const [node = '', , file = '', ...rest] = process.argv;
process.argv.splice(0, process.argv.length, node, file, ...rest);
await import(pathToFileURL(file).href);
// Asked by the bench, so that it can charge a server with what it used and not with what others did
// meanwhile. Not before the import: a listener would take messages that are meant for the file.
process.on('message', (question) => question === 'cpu' && process.send?.(process.cpuUsage()));
