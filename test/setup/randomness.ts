import fc from 'fast-check';

// What a property finds must be found again; `FICTION_SEED` looks elsewhere.
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(process.env.FICTION_SEED ?? 20261121) });
