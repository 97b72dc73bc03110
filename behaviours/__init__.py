"""What agents do: FIPA roles written once, the bridge to SPADE, and a folder per capability."""
