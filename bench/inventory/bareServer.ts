// What the same answers cost when somebody writes them by hand for this one purpose: Express, prepared
// statements, one of them for a page of bins, the key's SHA-256 looked up at each request, one log row for
// a new bin. No limits, no request log, no request id, no helmet, and hardly a check of the body.
import { createHash, randomInt, randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import BetterSqlite3 from 'better-sqlite3';
import express, { type Request, type Response } from 'express';
import { fuzzyMatcher } from '../../src/graph/inventory/search/fuzzy.ts';
import { configure } from '../../src/platform/database/sqlite/connection.ts';

interface Owner {
  id: string;
  email: string;
}

const database = new BetterSqlite3(process.env.DATABASE_FILE ?? '', { fileMustExist: true });
configure(database);

let query = '';
let matches: (text: string) => boolean = () => true;
database.function('fuzzy', { deterministic: true }, (text: unknown, wanted: unknown) => {
  if (wanted !== query) {
    query = String(wanted);
    matches = fuzzyMatcher(query);
  }
  return typeof text === 'string' && matches(text) ? 1 : 0;
});

const findOwner = database.prepare<[string], Owner>(`
  SELECT a.id, a.email FROM ApiKey k JOIN Account a ON a.id = k.accountId
  WHERE k.hash = ? AND k.revokedAt IS NULL AND a.active`);
const findRole = database
  .prepare<[string, string], string>('SELECT role FROM Membership WHERE locationId = ? AND accountId = ?')
  .pluck();
const row = `json_object(
  'id', b.id, 'short_code', b.shortCode, 'location_id', b.locationId, 'name', b.name,
  'area_id', b.areaId, 'area_name', coalesce(a.name, ''),
  'items', (SELECT json_group_array(json_object('id', i.id, 'name', i.name, 'quantity', i.quantity) ORDER BY i.position)
            FROM BinItem i WHERE i.binId = b.id AND i.deletedAt IS NULL),
  'notes', b.notes, 'tags', (SELECT json_group_array(t.name ORDER BY t.position) FROM BinTag t WHERE t.binId = b.id),
  'icon', b.icon, 'color', b.color, 'card_style', b.cardStyle,
  'created_by', b.createdById, 'created_by_name', coalesce(c.name, ''), 'visibility', lower(b.visibility),
  'created_at', replace(b.createdAt, '+00:00', 'Z'), 'updated_at', replace(b.updatedAt, '+00:00', 'Z'),
  'custom_fields', (SELECT json_group_object(v.fieldId, v.value) FROM CustomFieldValue v WHERE v.binId = b.id)`;
const pinned = `, 'is_pinned', EXISTS (SELECT 1 FROM BinPin p WHERE p.binId = b.id AND p.accountId = @viewer)`;
const joins = 'LEFT JOIN Area a ON a.id = b.areaId LEFT JOIN Account c ON c.id = b.createdById';
const allowed = `b.deletedAt IS NULL AND (b.visibility = 'LOCATION' OR b.createdById = @viewer)`;
const inLocation = `b.locationId = @location AND ${allowed}`;
const found = `${inLocation} AND (
  fuzzy(b.name, @q) OR fuzzy(b.notes, @q) OR fuzzy(b.shortCode, @q)
  OR EXISTS (SELECT 1 FROM Area o WHERE o.id = b.areaId AND fuzzy(o.name, @q))
  OR EXISTS (SELECT 1 FROM BinItem i WHERE i.binId = b.id AND i.deletedAt IS NULL AND fuzzy(i.name, @q))
  OR EXISTS (SELECT 1 FROM BinTag t WHERE t.binId = b.id AND fuzzy(t.name, @q))
  OR EXISTS (SELECT 1 FROM CustomFieldValue v WHERE v.binId = b.id AND fuzzy(v.value, @q)))`;

type Values = Record<string, string | number>;
const page = (where: string) => ({
  rows: database
    .prepare<[Values], string>(
      `SELECT ${row}${pinned}) FROM (
         SELECT b.id FROM Bin b WHERE ${where} ORDER BY b.updatedAt DESC, b.id DESC LIMIT @limit) q
       CROSS JOIN Bin b ON b.id = q.id ${joins}`,
    )
    .pluck(),
  count: database.prepare<[Values], number>(`SELECT count(*) FROM Bin b WHERE ${where}`).pluck(),
});
const list = page(inLocation);
const search = page(found);
const findOne = database
  .prepare<[Values], string>(
    `SELECT ${row}${pinned}) FROM Bin b ${joins}
     WHERE b.id = @id AND ${allowed} AND EXISTS (
       SELECT 1 FROM Membership m WHERE m.locationId = b.locationId AND m.accountId = @viewer)`,
  )
  .pluck();
const findMade = database
  .prepare<[Values], string>(`SELECT ${row}) FROM Bin b ${joins} WHERE b.id = @id`)
  .pluck();
const insertBin = database.prepare(`
  INSERT INTO Bin (id, shortCode, locationId, name, nameKey, notes, createdById, createdAt, updatedAt)
  VALUES (@id, @shortCode, @location, @name, lower(@name), @notes, @viewer, @now, @now)`);
const insertItem = database.prepare(`
  INSERT INTO BinItem (id, binId, locationId, name, nameKey, quantity, position, createdAt, updatedAt)
  VALUES (@id, @bin, @location, @name, lower(@name), @quantity, @position, @now, @now)`);
const insertTag = database.prepare('INSERT INTO BinTag (binId, name, position) VALUES (?, ?, ?)');
const insertActivity = database.prepare(`
  INSERT INTO Activity (id, locationId, accountId, userName, action, entityType, entityId, entityName, authMethod, createdAt)
  VALUES (?, ?, ?, ?, 'create', 'bin', ?, ?, 'API_KEY', ?)`);
const codeTaken = database.prepare('SELECT 1 FROM Bin WHERE locationId = ? AND shortCode = ?');

interface NewBin {
  locationId: string;
  name: string;
  notes?: string;
  items?: { name: string; quantity?: number }[];
  tags?: string[];
}

const letters = 'ABCDEFGHJKMNPQRTUVWXY';
function freeCode(location: string, name: string): string {
  for (;;) {
    const code = `${name.slice(0, 3).toUpperCase()}${Array.from({ length: 3 }, () => letters[randomInt(letters.length)]).join('')}`;
    if (!codeTaken.get(location, code)) return code;
  }
}

const create = database.transaction((owner: Owner, bin: NewBin): string => {
  const [id, now] = [randomUUID(), new Date().toISOString().replace('Z', '+00:00')];
  const [location, shortCode] = [bin.locationId, freeCode(bin.locationId, bin.name)];
  insertBin.run({ id, shortCode, location, name: bin.name, notes: bin.notes ?? '', viewer: owner.id, now });
  for (const [position, { name, quantity = null }] of (bin.items ?? []).entries()) {
    insertItem.run({ id: randomUUID(), bin: id, location, name, quantity, position, now });
  }
  for (const [position, tag] of (bin.tags ?? []).entries()) insertTag.run(id, tag, position);
  insertActivity.run(randomUUID(), location, owner.id, owner.email, id, bin.name, now);
  return id;
}).immediate;

function ownerOf(req: Request): Owner | undefined {
  const key = /^Bearer (.+)$/.exec(req.headers.authorization ?? '')?.[1] ?? '';
  return findOwner.get(createHash('sha256').update(key).digest('hex'));
}

const refuse = (res: Response, status: number) =>
  void res.status(status).json({ error: 'REFUSED', message: 'No.' });

const app = express();
app.disable('x-powered-by');
app.use(express.json());

app.get('/api/bins', (req, res) => {
  const owner = ownerOf(req);
  if (!owner) return refuse(res, 401);
  const { location_id: location, limit, q } = req.query as Record<string, string>;
  if (!location || !findRole.get(location, owner.id)) return refuse(res, 403);
  const values = { location, viewer: owner.id, limit: Number(limit), ...(q && { q }) };
  const { rows, count } = q ? search : list;
  const { limit: _, ...counted } = values;
  res.json({ results: rows.all(values).map((text) => JSON.parse(text)), count: count.get(counted) });
});

app.get('/api/bins/:id', (req, res) => {
  const owner = ownerOf(req);
  if (!owner) return refuse(res, 401);
  const text = findOne.get({ id: req.params.id, viewer: owner.id });
  if (!text) return refuse(res, 404);
  res.json(JSON.parse(text));
});

app.post('/api/bins', (req, res) => {
  const owner = ownerOf(req);
  if (!owner) return refuse(res, 401);
  const bin = req.body as NewBin;
  const role = findRole.get(bin.locationId, owner.id);
  if (!bin.name || !role || role === 'VIEWER') return refuse(res, bin.name ? 403 : 422);
  res.status(201).json(JSON.parse(findMade.get({ id: create(owner, bin) }) ?? 'null'));
});

const server = app.listen(Number(process.env.PORT), process.env.HOST ?? '', () => {
  console.log(`Bare Express listens on port ${(server.address() as AddressInfo).port}`);
});

// An orderly end, without which `--cpu-prof` writes nothing.
process.once('SIGTERM', () => process.exit(0));
