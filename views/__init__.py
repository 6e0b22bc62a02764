"""The parts of the app's page: each reads the choices made and shows one thing."""
