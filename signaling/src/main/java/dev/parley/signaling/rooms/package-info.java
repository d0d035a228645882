/// Open rooms by name: who is in them, who hears what about whom, and when a place ends. Knows the media engine by its
/// API; knows neither sockets nor JSON.
@NullMarked
package dev.parley.signaling.rooms;

import org.jspecify.annotations.NullMarked;
