/** A bin to create. */
export interface NewBin {
  readonly name: string;
  readonly items: readonly { name: string; quantity?: number }[];
  readonly tags: readonly string[];
  readonly notes?: string;
}

/** An area to create, with what stands in it. */
export interface NewArea {
  readonly name: string;
  readonly bins?: readonly NewBin[];
  readonly areas?: readonly NewArea[];
}

/** The rooms of the demo's household. */
export const rooms: readonly NewArea[] = [
  {
    name: 'Garage',
    bins: [
      {
        name: 'Camping gear',
        items: [{ name: 'Tent' }, { name: 'Sleeping bag', quantity: 4 }, { name: 'Gas stove' }],
        tags: ['outdoor'],
      },
    ],
    areas: [
      {
        name: 'Workbench',
        bins: [
          {
            name: 'Power tools',
            items: [{ name: 'Cordless drill' }, { name: 'Drill bits', quantity: 12 }, { name: 'Jigsaw' }],
            tags: ['tools', 'electric'],
            notes: 'Batteries charge on the shelf above.',
          },
        ],
        areas: [
          {
            name: 'Top drawer',
            bins: [
              {
                name: 'Screws and plugs',
                items: [
                  { name: 'Wood screws 4 x 40', quantity: 150 },
                  { name: 'Wall plugs 6 mm', quantity: 80 },
                ],
                tags: ['tools'],
              },
            ],
          },
        ],
      },
    ],
  },
  {
    name: 'Attic',
    bins: [
      {
        name: 'Winter clothes',
        items: [
          { name: 'Ski jacket', quantity: 2 },
          { name: 'Wool blanket' },
          { name: 'Gloves', quantity: 3 },
        ],
        tags: ['clothes', 'seasonal'],
      },
      {
        name: 'Christmas',
        items: [
          { name: 'Fairy lights', quantity: 3 },
          { name: 'Glass baubles', quantity: 24 },
        ],
        tags: ['seasonal'],
      },
    ],
  },
];

/** Colors of its tags. */
export const tagColors = [
  { tags: ['tools', 'electric'], color: '210:2' },
  { tags: ['outdoor'], color: '140:2' },
  { tags: ['seasonal'], color: '0:2' },
];
